#!/usr/bin/env node
import 'reflect-metadata';
import { runCommandLine } from './cli/run-command-line.js';
import { ProcessTerminal } from './cli/terminal.js';
import { provideThreads } from './core/crypto/hashing-threads.js';

provideThreads(process.env);

// `latchkey settings | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), new ProcessTerminal(), process.env);
