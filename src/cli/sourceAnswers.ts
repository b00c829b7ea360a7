import { answersOf } from '../protocol/locating';
import type { FromWebview } from '../protocol/messages';
import { locateAll } from '../run/locateAll';
import { SourceMaps } from '../run/sourceMaps';
import type { RunFeed } from './runFeed';

/** Answers pages that ask which lines of source the shown locations come from. */
export class SourceAnswers {
  private readonly sourceMaps = new SourceMaps();
  private readonly feed: RunFeed;

  constructor(feed: RunFeed) {
    this.feed = feed;
  }

  /** Takes a message from a page; those about other things are left alone. */
  async receive(message: FromWebview): Promise<void> {
    if (message.type !== 'locate') return;
    const entries = await locateAll(this.sourceMaps, message.locations);
    for (const part of answersOf(entries)) this.feed.tellLocated(part);
  }
}
