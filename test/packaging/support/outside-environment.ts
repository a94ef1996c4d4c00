import { delimiter, dirname } from 'node:path';

/** This process's environment without what npm and a database's URL would tell a command of another folder. */
export function outsideEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|INIT_CWD$|NODE_ENV$|VITEST|DATABASE_URL$)/u.test(name),
  );
  // The executables ask for `node`: the one that runs this test, as in a project that meets `engines`.
  const path = [dirname(process.execPath), process.env['PATH']].join(delimiter);
  // What npm has fetched before need not be fetched again: a registry that answers slowly is no fault of ours.
  const quick = { npm_config_prefer_offline: 'true', npm_config_audit: 'false', npm_config_update_notifier: 'false' };
  return { ...Object.fromEntries(kept), PATH: path, ...quick };
}
