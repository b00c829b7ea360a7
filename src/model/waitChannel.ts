import type { ThreadKind, WaitReason } from './states';

/**
 * Kernel functions in which a thread sleeps (/proc/PID/task/TID/wchan), by what they mean. The names are those of
 * Linux 5.10 to 6.18; several changed over the years, hence patterns.
 */
const channelReasons: readonly (readonly [RegExp, WaitReason])[] = [
  [
    /^(do_epoll_wait|ep_poll|do_sys_poll|do_poll|poll_schedule_timeout|do_select|io_cqring_wait)/,
    'eventLoop',
  ],
  [/^(do_wait($|\.)|wait_consider_task|kernel_wait|wait4|waitid)/, 'childProcess'],
  [/(futex|locks_lock_inode|fcntl_setlk)/, 'lock'],
  [/(pipe_read|pipe_write|pipe_wait|wait_for_partner|fifo_open)/, 'pipe'],
  [/(nanosleep|hrtimer)/, 'sleep'],
  [/(n_tty|tty_)/, 'terminal'],
  [/(unix_|skb_|sk_wait|sk_stream|inet_|tcp_|udp_|wait_for_connect|sock_)/, 'socket'],
  [/(handle_userfault|do_user_addr_fault|filemap_fault|do_swap_page)/, 'pageFault'],
  [/(io_schedule|folio_wait|wait_on_page|blk_|jbd2|ext4|xfs|btrfs|wait_on_buffer)/, 'disk'],
  [/(ptrace)/, 'traced'],
  [/(do_signal_stop)/, 'stopped'],
  // Windows, in .NET's words with `win:` in front. These have no names for the kernel's newer reasons: WrQueue, a completion
  // port and so an event loop, goes by EventPairLow, and WrAlertByThreadId, a lock or condition, by Unknown.
  [/^win:EventPairLow$/, 'eventLoop'],
  [/^win:Unknown$/, 'lock'],
  [/^win:ExecutionDelay$/, 'sleep'],
  [/^win:PageIn$/, 'pageFault'],
  [/^win:Suspended$/, 'stopped'],
];

/**
 * Why a sleeping thread sleeps. `state` is the kernel's state letter. A native thread (libuv's pool, V8's
 * platform, a runtime's helpers) that sleeps on a lock waits for work: that is idleness, not being stuck.
 */
export function waitReason(state: string, waitChannel: string | null, kind: ThreadKind): WaitReason {
  if (state === 'T') return 'stopped';
  if (state === 't') return 'traced';
  if (waitChannel === null || waitChannel === '' || waitChannel === '0')
    return state === 'D' ? 'disk' : 'unknown';
  const reason = channelReason(waitChannel);
  if (kind === 'native' && (reason === 'lock' || reason === 'eventLoop')) return 'idlePool';
  return reason ?? (state === 'D' ? 'disk' : 'other');
}

/** A run has some dozens of them at most; a stranger's recording may have any number. */
const MAX_KNOWN = 1000;
const known = new Map<string, WaitReason | undefined>();

function channelReason(waitChannel: string): WaitReason | undefined {
  if (known.has(waitChannel)) return known.get(waitChannel);
  const reason = channelReasons.find(([pattern]) => pattern.test(waitChannel))?.[1];
  if (known.size < MAX_KNOWN) known.set(waitChannel, reason);
  return reason;
}
