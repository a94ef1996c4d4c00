const kept = ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'];

/** The environment of a person at a UTF-8 terminal with colours; nothing of the test runner's, which forces and forbids much. */
export function terminalEnvironment(): Record<string, string> {
  const own = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(own), LANG: 'C.UTF-8', TERM: 'xterm-256color', COLORTERM: 'truecolor' };
}
