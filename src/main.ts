#!/usr/bin/env node
import { startProcess } from './cli/start-process.ts';

process.exitCode = await startProcess(process.argv.slice(2));
