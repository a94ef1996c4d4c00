#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { startProcess } from './cli/start-process.ts';

enableCompileCache();
process.exitCode = await startProcess(process.argv.slice(2));
