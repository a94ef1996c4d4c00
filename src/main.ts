#!/usr/bin/env node
// Nothing is imported until this Node.js is known to have what the rest takes for granted.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > 22 || (major === 22 && minor >= 17)) {
  process.getBuiltinModule('node:module').enableCompileCache();
  const { startProcess } = await import('./cli/start-process.ts');
  process.exitCode = await startProcess(process.argv.slice(2), { isWholeProcess: true });
  // The driver for PostgreSQL leaves the socket of a refused login open, which would keep this process for a minute.
  setTimeout(() => process.exit(), 500).unref();
} else {
  const { MigrateError } = await import('./errors.ts');
  const { code, message, fix } = new MigrateError('NODE_TOO_OLD', { version: process.versions.node });
  process.stderr.write(`❌ ${code}: ${message}\n   what to do: ${fix}\n`);
  process.exitCode = 64;
}
