import { createServer, type Server } from 'node:http';
import express from 'express';
import express4 from 'express4';
import { MOUNTED_PAGES, PAGES, recorderContract } from './contract/recorder.contract.ts';
import type { RecorderOptions } from '../options.ts';
import type { Recorder } from '../recorder.ts';
import { gatelog } from './express.ts';

const versions = { 'Express 5': express, 'Express 4': express4 };

for (const [name, framework] of Object.entries(versions)) {
  const serve = (options: RecorderOptions): { server: Server; recorder: Recorder } => {
    const app = framework();
    const recording = gatelog(options);
    // Else Express prints every error it answers.
    app.set('env', 'test');
    app.use(recording);
    for (const [path, handler] of Object.entries(PAGES)) app.all(path, handler);
    const router = framework.Router();
    for (const [path, handler] of Object.entries(MOUNTED_PAGES)) router.get(path, handler);
    app.use('/api', router);
    return { server: createServer(app), recorder: recording.recorder };
  };
  recorderContract(name, { serve, routes: true, answersErrors: true });
}
