/** One of several processes behind one address: begins when the first process says so, and leaves when it says so. */
import { ConfigError, type Config } from '../config.ts'
import { StartError } from '../installation.ts'
import { startInstance, type Instance } from '../instance.ts'
import { watchConnections } from './draining.ts'
import type { Order, Report } from './orders.ts'

/** Runs until it is told to leave. Signals go to the whole group of processes: the first one decides what they mean. */
export function serveTogether(readConfig: () => Config): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2'] as const)
    process.on(signal, () => undefined)
  const connections = watchConnections()
  const told = (report: Report) => void process.send?.(report)
  let instance: Promise<Instance> | undefined

  async function follow(order: Order): Promise<void> {
    if (order.kind === 'begin') {
      instance = startInstance(readConfig(), { serve: true, shared: order.shared })
      const { parts } = await instance
      // A fault nobody caught: its place is logged, what it may quote of people is not.
      process.on('uncaughtException', (error) => {
        parts.log.fatal({ err: error }, 'fault')
        process.exit(1)
      })
      return told({ kind: 'ready' })
    }
    const running = await instance
    const since = performance.now()
    if (order.kind === 'drain') await connections.drain()
    await running?.stop(since)
    process.exit(0)
  }

  process.on('message', (order: Order) => {
    follow(order).catch((error: unknown) => {
      const expected = error instanceof StartError || error instanceof ConfigError
      const words = expected ? error.message : ((error as Error).stack ?? 'fault')
      process.send?.({ kind: 'failed', words } satisfies Report, () => process.exit(1))
      if (!process.connected) process.exit(1)
    })
  })
  told({ kind: 'listening' })
}
