import { mkdirSync, writeFileSync } from 'node:fs';
import { startTerminal } from '../test/support/terminal/start-terminal.ts';
import { makeOldRoster } from './session/old-roster.ts';
import { playSession, type Step } from './session/play-session.ts';

/** What a person does who brings an old database up, looks who added a column, and takes the run back. */
const steps: readonly Step[] = [
  { waitFor: 'enter answers the questions' },
  { pause: 2500 },
  { caption: 'The database, and what the models ask for' },
  { press: 'enter' },
  { waitFor: 'values such as' },
  { pause: 2500 },
  { caption: 'A column goes and another comes: renamed, or new?' },
  { press: 'enter' },
  { waitFor: '📋 Plan' },
  { pause: 2500 },
  { caption: 'The plan' },
  { press: 'enter' },
  { waitFor: 'restores' },
  { pause: 2000 },
  { caption: 'One operation: its SQL, its way back, where it comes from' },
  { press: 'escape' },
  { waitFor: '📋 Plan' },
  { pause: 600 },
  { type: 'a' },
  { waitFor: 'Run this?' },
  { pause: 2000 },
  { caption: 'The last look' },
  { press: 'enter' },
  { waitFor: '🎉 Done' },
  { pause: 2500 },
  { caption: 'Done' },
  { type: 'h' },
  { waitFor: '📜 History' },
  { waitFor: 'add column' },
  { pause: 1200 },
  { type: '/' },
  { type: 'api_key' },
  { pause: 600 },
  { press: 'enter' },
  { press: 'enter' },
  { waitFor: '📜 Version' },
  { pause: 2500 },
  { caption: 'Who added users.api_key, when, and how it is taken back' },
  { press: 'escape' },
  { waitFor: '📜 History' },
  { press: 'escape' },
  { type: '/' },
  { type: 'kind:verified' },
  { pause: 600 },
  { press: 'enter' },
  { type: 'j' },
  { pause: 1200 },
  { type: 'r' },
  { waitFor: 'Nothing is lost' },
  { pause: 2500 },
  { caption: 'Back to the version before: what comes back, and what would be lost' },
  { press: 'enter' },
  { waitFor: 'Take this back?' },
  { pause: 1200 },
  { press: 'enter' },
  { waitFor: 'changes taken back' },
  { pause: 2500 },
  { caption: 'Taken back' },
  { type: 'q' },
];

const { folder, args, env } = makeOldRoster();
const terminal = startTerminal({ command: process.execPath, args, cwd: folder, env, columns: 100, rows: 30 });
const recording = await playSession(terminal, steps);
mkdirSync('data', { recursive: true });
writeFileSync('data/session.json', JSON.stringify(recording));
