import type { ArrowRoute } from './arrowRoute';
import type { ArrowFilter, MessageArrow } from './arrowTypes';
import { routesOfBroadcast, type BroadcastRoute } from './broadcastRoute';
import type { Channel } from './channelTypes';
import { routesOfTwo, type MessageRoute } from './messageRoute';
import { Patience } from './patience';
import { SpawnArrows } from './spawnArrows';
import type { Model } from './types';
import { WakeRoutes } from './wakeRoutes';

interface ChannelRoutes {
  stamp: number;
  routes: readonly (MessageRoute | BroadcastRoute)[];
  readonly patience: Patience;
}

type Routes = Map<string, ArrowRoute[]>;

/** Which threads arrows lead between, kept up to date with a model: messages and wake-ups by thread, spawns in a list. */
export class ArrowIndex {
  readonly spawns = new SpawnArrows();
  readonly wakes = new WakeRoutes();
  private readonly channels = new Map<Channel, ChannelRoutes>();
  private messagesFrom: Routes = new Map();
  private messagesTo: Routes = new Map();
  private wakesFrom: Routes = new Map();
  private wakesTo: Routes = new Map();
  private revision = -1;

  update(model: Model): void {
    if (model.revision === this.revision) return;
    this.revision = model.revision;
    this.spawns.update(model);
    if (this.wakes.update(model)) {
      [this.wakesFrom, this.wakesTo] = byThread(this.wakes.routes);
    }
    let isChanged = false;
    for (const channel of model.channels.values()) {
      if (this.updateChannel(model, channel)) isChanged = true;
    }
    if (!isChanged) return;
    const all = [...this.channels.values()].flatMap(({ routes }) => routes);
    [this.messagesFrom, this.messagesTo] = byThread(all);
  }

  /** The routes that a filter lets through, each once. */
  routes(kind: 'message' | 'wake', { touching, accepts }: ArrowFilter): ArrowRoute[] {
    const [from, to] =
      kind === 'message' ? [this.messagesFrom, this.messagesTo] : [this.wakesFrom, this.wakesTo];
    const found: ArrowRoute[] = [];
    for (const threadId of touching ?? from.keys()) {
      for (const route of from.get(threadId) ?? NO_ROUTES)
        if (accepts(route.from, route.to)) found.push(route);
      if (touching === null) continue;
      for (const route of to.get(threadId) ?? NO_ROUTES) {
        if (!touching.has(route.from) && accepts(route.from, route.to)) found.push(route);
      }
    }
    return found;
  }

  /** All routes from (or to) one thread. */
  routesOf(
    threadId: string,
    at: 'from' | 'to',
    kinds: readonly ('message' | 'wake')[] = ['message', 'wake'],
  ): readonly ArrowRoute[] {
    const messages = at === 'from' ? this.messagesFrom : this.messagesTo;
    const wakes = at === 'from' ? this.wakesFrom : this.wakesTo;
    return kinds.flatMap((kind) => (kind === 'message' ? messages : wakes).get(threadId) ?? NO_ROUTES);
  }

  message(model: Model, directionId: string, number: number): MessageArrow | null {
    const channel = model.channels.get(directionId.slice(0, directionId.lastIndexOf(' ')));
    const known = channel === undefined ? undefined : this.channels.get(channel);
    for (const route of known?.routes ?? []) {
      const arrow = route.directionId === directionId ? route.arrow(model, number) : null;
      if (arrow !== null) return arrow;
    }
    return null;
  }

  private updateChannel(model: Model, channel: Channel): boolean {
    let known = this.channels.get(channel);
    if (known === undefined) {
      this.channels.set(channel, (known = { stamp: -1, routes: [], patience: new Patience() }));
    }
    if (channel.kind === 'broadcast') return updateBroadcast(model, channel, known);
    const stamp = holdersOf(channel);
    if (stamp === known.stamp) return false;
    known.stamp = stamp;
    const [one, other] = channel.ends;
    if (one === undefined || other === undefined) return false;
    known.routes = [...routesOfTwo(one, other, 0), ...routesOfTwo(other, one, 1)];
    return true;
  }
}

const NO_ROUTES: readonly ArrowRoute[] = [];

/** Who got which broadcast is found out by going through all of them. */
function updateBroadcast(model: Model, channel: Channel, known: ChannelRoutes): boolean {
  const stamp = channel.ends.reduce((total, { revision }) => total + revision, 0);
  let items = 0;
  for (const { holders } of channel.ends) items += holders[0]?.receiving.columns?.length ?? 0;
  if (!known.patience.isDue(stamp !== known.stamp, items, model.ended)) return false;
  known.stamp = stamp;
  known.routes = routesOfBroadcast(channel);
  return true;
}

/** Grows whenever an end is given to somebody, or away. */
function holdersOf({ ends }: Channel): number {
  let sum = 0;
  for (const { holders } of ends) {
    sum += 2 * holders.length;
    if (holders.length > 0 && holders[holders.length - 1]?.moved != null) sum++;
  }
  return sum;
}

function byThread(routes: readonly ArrowRoute[]): [from: Routes, to: Routes] {
  const from: Routes = new Map();
  const to: Routes = new Map();
  for (const route of routes) {
    add(from, route.from, route);
    add(to, route.to, route);
  }
  return [from, to];
}

function add(routes: Routes, threadId: string, route: ArrowRoute): void {
  const known = routes.get(threadId);
  if (known === undefined) routes.set(threadId, [route]);
  else known.push(route);
}

const indexes = new WeakMap<Model, ArrowIndex>();

/** Up to date. */
export function arrowIndex(model: Model): ArrowIndex {
  let index = indexes.get(model);
  if (index === undefined) indexes.set(model, (index = new ArrowIndex()));
  index.update(model);
  return index;
}
