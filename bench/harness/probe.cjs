// Preloaded into a measured process: at its end it writes one JSON line to the file that BENCH_PROBE names:
// peak memory, and for SQLite (no wire to count on) the statements that the process ran. Not loaded in timed runs.
const { appendFileSync, readFileSync } = require('node:fs');

const file = process.env.BENCH_PROBE;
const counted = { statements: 0, ddl: 0 };
const open = process.dlopen;
process.dlopen = function dlopen(module, ...rest) {
  const result = open.call(this, module, ...rest);
  const { Database, Statement } = module.exports;
  if (Database) count(Database.prototype, Statement ? ['exec'] : ['exec', 'prepare']);
  if (Statement && Database) count(Statement.prototype, ['all', 'get', 'run', 'each']);
  return result;
};

process.on('exit', () => {
  appendFileSync(file, `${JSON.stringify({ peakKiB: peakKiB(), ...counted })}\n`);
});

function count(prototype, names) {
  for (const name of names) {
    const original = prototype[name];
    prototype[name] = function counting(...args) {
      counted.statements += 1;
      const sql = typeof args[0] === 'string' ? args[0] : this.sql;
      if (/^\s*(create|alter|drop)\b/i.test(sql)) counted.ddl += 1;
      return original.apply(this, args);
    };
  }
}

// Linux counts into maxRSS what the process was before exec, i.e. a copy of its parent; VmHWM begins at exec.
function peakKiB() {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}
