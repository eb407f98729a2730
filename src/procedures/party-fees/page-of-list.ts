/** One page of a long list, by its number in an address. */

/**
 * Of a number beyond the last page, the last: the list may have become shorter since the address was kept.
 *
 * @param found what there is from a row on
 * @param total how many rows there are in all
 */
export async function pageOfList<Found>(
  asked: number,
  rowsAPage: number,
  found: (from: number) => Promise<Found>,
  total: (found: Found) => number,
): Promise<{ readonly found: Found; readonly page: number; readonly pages: number }> {
  const there = await found((asked - 1) * rowsAPage)
  const pages = Math.max(1, Math.ceil(total(there) / rowsAPage))
  if (asked <= pages) return { found: there, page: asked, pages }
  return { found: await found((pages - 1) * rowsAPage), page: pages, pages }
}
