import type * as workerThreads from 'node:worker_threads';
import { hookBirths } from './births';
import { Deliveries } from './deliveries';
import { quietly } from './guard';
import type { Messages } from './messages';
import { hookPosting } from './posting';
import { hookSynchronousReceiving } from './synchronousReceiving';

/** Hooks what the MessagePorts of this thread send and deliver. */
export function hookMessages(messages: Messages, module: typeof workerThreads): void {
  const { prototype } = module.MessagePort;
  quietly(() => {
    const deliveries = new Deliveries(messages, prototype);
    messages.watch = (port, state) => {
      deliveries.watch(port, state);
    };
  });
  quietly(() => {
    hookBirths(messages, prototype);
  });
  quietly(() => {
    hookPosting(messages, prototype);
  });
  quietly(() => {
    hookSynchronousReceiving(messages, module);
  });
}
