/** The stories that can be played. */
export const STORIES = ['official-transfer', 'temporary-transfer', 'residence-comment'] as const
export type StoryName = (typeof STORIES)[number]

export function isStory(name: string): name is StoryName {
  return (STORIES as readonly string[]).includes(name)
}
