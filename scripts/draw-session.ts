import { readFileSync, writeFileSync } from 'node:fs';
import { drawSvg } from './session/draw-svg.ts';
import { drawText } from './session/draw-text.ts';
import type { Recording } from './session/recording.ts';

const recording = JSON.parse(readFileSync('data/session.json', 'utf8')) as Recording;
writeFileSync('docs/session.svg', drawSvg(recording, 'npx migrate'));
writeFileSync('docs/session.txt', drawText(recording));
