// Starting Chromium.

import { chromium } from 'playwright-core';

/** The whole browser, as readers have it. */
export const BROWSER = '/usr/bin/chromium';
/** The same engine without windows, which takes half the processor time. */
export const SHELL = '/usr/bin/chromium-headless-shell';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a Chromium: that of the environment variable `CHROMIUM`, or else `program`. */
export const launch = (program) => chromium.launch({ executablePath: process.env.CHROMIUM || program, args: ARGUMENTS });
