import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureNode, versionOf } from './nodeBinary';
import { ensureNodeTests } from './nodeTestSources';

/** What the tests run on: a Node and the tests that belong to its line. */
export interface Subject {
  readonly nodePath: string;
  readonly nodeVersion: string;
  readonly testFolder: string;
  readonly testsVersion: string;
}

export interface SubjectOptions {
  readonly nodePath?: string | undefined;
  readonly nodeVersion?: string | undefined;
  readonly testFolder?: string | undefined;
}

/** The version whose source package Debian's stable release carries. */
const pinnedVersion = '20.19.2';

/** @throws Error one sentence on what cannot be had, for a line that says why the tests are skipped */
export async function findSubject(options: SubjectOptions = {}): Promise<Subject> {
  const wanted =
    options.nodeVersion ??
    (options.nodePath === undefined ? pinnedVersion : await versionOf(options.nodePath));
  const tests =
    options.testFolder === undefined
      ? await ensureNodeTests(wanted)
      : { testFolder: existing(path.resolve(options.testFolder)), version: wanted };
  const nodePath = options.nodePath ?? (await ensureNode(tests.version));
  return {
    nodePath,
    nodeVersion: await versionOf(nodePath),
    testFolder: tests.testFolder,
    testsVersion: options.testFolder === undefined ? tests.version : 'unknown version',
  };
}

/** The running Node if the pinned tests are of its line, otherwise the pinned one. */
export async function findQuickSubject(): Promise<Subject> {
  const sameLine = process.versions.node.split('.')[0] === pinnedVersion.split('.')[0];
  const tests = await ensureNodeTests(pinnedVersion);
  const nodePath = sameLine ? process.execPath : await ensureNode(tests.version);
  const nodeVersion = await versionOf(nodePath);
  return { nodePath, nodeVersion, testFolder: tests.testFolder, testsVersion: tests.version };
}

function existing(folder: string): string {
  if (!existsSync(path.join(folder, 'parallel')))
    throw new Error(`--tests takes Node's test folder, the one with "parallel" in it; ${folder} is none`);
  return folder;
}
