/**
 * Where the links of a terminal lead (OSC 8). xterm forgets a link when the line is cleared that it began in, so that
 * two terminals with the same cells know other links; and keeps ten million characters for each line. Here each is
 * known by what was said, the newest so many of them.
 */

interface Link {
  readonly id?: string | undefined;
  readonly uri: string;
}

export interface LinkService {
  registerLink(link: Link): number;
  addLineToLink(id: number, row: number): void;
  getLinkData(id: number): Link | undefined;
}

/** As many as lines are kept. */
const maxLinks = 5000;
/** Characters; a browser's address takes two thousand. */
const maxLinkLength = 4096;
/** Looks like a link, and leads nowhere. */
const nowhere: Link = { uri: 'nowhere:' };

export function keepLinks(service: LinkService): void {
  const links = new Map<number, Link>();
  const ids = new Map<string, number>();
  let lastId = 0;
  Object.assign(service, {
    registerLink(said: Link): number {
      const link = said.uri.length + (said.id?.length ?? 0) > maxLinkLength ? nowhere : said;
      const key = `${link.id ?? ''};${link.uri}`;
      const id = ids.get(key) ?? ++lastId;
      ids.delete(key);
      ids.set(key, id);
      links.set(id, link);
      const [oldest] = ids;
      if (ids.size > maxLinks && oldest) {
        ids.delete(oldest[0]);
        links.delete(oldest[1]);
      }
      return id;
    },
    addLineToLink() {},
    getLinkData: (id: number) => links.get(id) ?? nowhere,
  } satisfies LinkService);
}
