/** How the tests are grouped: law and parts (unit), told lives (story), rivals (race), clicked screens (browser); by hand, what the matrix of access is worth (mutation). */
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const STORIES = ['src/**/story.test.ts', 'src/**/*.story.test.ts']
const RACES = ['**/*.race.test.ts']
const NEVER = ['**/node_modules/**', '**/.dangvu/**', 'build/**']

const MINUTE_MS = 60_000

/** One group. The limits are generous: a slow machine is no defect, and speed is measured in `bench/`. */
function group(
  name: string,
  include: string[],
  more: { exclude?: string[]; alone?: boolean; limit?: number } = {},
) {
  return {
    test: {
      name,
      include,
      exclude: [...NEVER, ...(more.exclude ?? [])],
      pool: 'forks' as const,
      fileParallelism: !(more.alone ?? false),
      testTimeout: more.limit ?? MINUTE_MS,
      hookTimeout: more.limit ?? MINUTE_MS,
    },
  }
}

export default defineConfig({
  test: {
    globalSetup: ['tests/database.ts'],
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      group('unit', ['src/**/*.test.ts', 'src/**/*.test.tsx', 'tests/*.test.ts'], {
        exclude: [...STORIES, ...RACES],
      }),
      group('story', STORIES, { limit: 3 * MINUTE_MS }),
      group('race', RACES, { alone: true, limit: 3 * MINUTE_MS }),
      group('mutation', ['tests/**/*.mutation.ts'], { alone: true }),
      group('browser', ['tests/browser/**/*.test.ts'], { alone: true, limit: 3 * MINUTE_MS }),
    ],
  },
})
