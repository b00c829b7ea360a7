import { NS_PER_MS, type Ns } from '../../src/base/units';

/** CLOCK_MONOTONIC at time zero of every story: an hour of uptime, so that rounding behaves as in real life. */
export const STORY_START: Ns = 3.6e12;

/** One parsed line of a story; reading an option marks it as understood. */
export class StoryLine {
  readonly text: string;
  readonly time: Ns;
  readonly who: string;
  readonly verb: string;
  readonly words: readonly string[];
  private readonly options: Map<string, string>;

  constructor(text: string, words: readonly string[], options: Map<string, string>) {
    this.text = text;
    const [time, who, verb, ...rest] = words;
    if (time === undefined || who === undefined || verb === undefined || !Number.isFinite(Number(time)))
      throw new Error(`A story's line is "TIME WHO VERB …": ${text}`);
    this.time = STORY_START + Number(time) * NS_PER_MS;
    this.who = who;
    this.verb = verb;
    this.words = rest;
    this.options = options;
  }

  word(index: number): string {
    const word = this.words[index];
    if (word === undefined) throw new Error(`Word ${index + 1} after the verb is missing: ${this.text}`);
    return word;
  }

  option(name: string): string | null {
    const value = this.options.get(name) ?? null;
    this.options.delete(name);
    return value;
  }

  has(name: string): boolean {
    return this.option(name) !== null;
  }

  number(name: string): number | null {
    const value = this.option(name);
    return value === null ? null : Number(value);
  }

  /** A duration, written in milliseconds. */
  duration(name: string): Ns | null {
    const value = this.number(name);
    return value === null ? null : value * NS_PER_MS;
  }

  /** A moment, written in milliseconds since the run began. */
  moment(name: string): Ns | null {
    const value = this.duration(name);
    return value === null ? null : STORY_START + value;
  }

  /** A mistyped option would silently tell another story. */
  close(): void {
    const [unknown] = this.options.keys();
    if (unknown !== undefined) throw new Error(`"${unknown}" means nothing to ${this.verb}: ${this.text}`);
  }
}

/** Null for an empty line or a comment. */
export function parseLine(text: string): StoryLine | null {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (const [token] of text.replace(/(^|\s)--(\s.*)?$/, '').matchAll(/(?:[^\s"]|"(?:[^"\\]|\\.)*")+/g)) {
    const option = /^(\w+)=(.*)$/s.exec(token);
    if (option === null) words.push(unquote(token));
    else options.set(option[1]!, unquote(option[2]!));
  }
  return words.length === 0 ? null : new StoryLine(text.trim(), words, options);
}

function unquote(token: string): string {
  return token.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => JSON.parse(quoted) as string);
}
