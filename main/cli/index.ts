#!/usr/bin/env node
/**
 * The command line: one file for each verb, its options and its words, and the exit code of what it came to. Like the window it
 * is a client of services and registration, and it runs without Electron.
 */
import { processIo } from './io.ts';
import { runCommandLine } from './run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), processIo());
