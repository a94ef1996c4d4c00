// A file that no longer has a source must not be packed.
import { rmSync } from 'node:fs';

rmSync('dist', { recursive: true, force: true });
