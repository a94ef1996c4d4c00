#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { startProcess } from './cli/start-process.ts';

enableCompileCache();
process.exitCode = await startProcess(process.argv.slice(2));
// The driver for PostgreSQL leaves the socket of a refused login open, which would keep this process for a minute.
setTimeout(() => process.exit(), 500).unref();
