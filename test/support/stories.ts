import assert from 'node:assert/strict';
import { modelOf } from './traceNotation';
import { processOutline, threadOutline } from './outline';

/** A story, and what the model must make of it. */
export interface StoryTest {
  readonly name: string;
  readonly story: string;
  /** The whole tree, as `processOutline` tells it. */
  readonly processes?: readonly string[];
  /** Threads by id, as `threadOutline` tells them after the id. */
  readonly threads?: Readonly<Record<string, string>>;
}

export function testStories(stories: readonly StoryTest[]): void {
  for (const { name, story, processes, threads } of stories) {
    it(name, () => {
      const model = modelOf(story);
      if (processes !== undefined) assert.deepEqual(processOutline(model), processes);
      for (const [id, expected] of Object.entries(threads ?? {})) {
        assert.equal(threadOutline(model, id), `${id} ${expected}`);
      }
    });
  }
}
