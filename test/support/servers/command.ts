import { spawn } from 'node:child_process';

/** A program with the arguments and environment that it always needs, such as the loader of an unpacked package. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
}

/** `command` with more arguments at the end. */
export function withArguments(command: Command, args: readonly string[]): Command {
  return { ...command, args: [...command.args, ...args] };
}

/** Runs a program to its end and gives its stdout. Fails with the program's own output when its exit code is not 0. */
export function runCommand(command: Command, options: RunOptions = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn(command.file, command.args, {
      cwd: options.cwd,
      env: { ...process.env, ...command.env, ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) return resolve(Buffer.concat(stdout));
      const output = Buffer.concat([...stderr, ...stdout])
        .toString('utf8')
        .trim()
        .slice(-4000);
      reject(new Error(`${command.file} ${command.args.join(' ')} ended with ${code ?? signal}:\n${output}`));
    });
    // A program that ends before it has read its input breaks the pipe; its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input);
  });
}
