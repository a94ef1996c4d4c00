// Preloaded into a recorded session: who sits at which machine is nobody's business.
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

Object.assign(os, {
  hostname: () => 'laptop',
  userInfo: () => ({ username: 'anna', uid: 1000, gid: 1000, shell: '/bin/sh', homedir: '/home/anna' }),
});
syncBuiltinESMExports();
