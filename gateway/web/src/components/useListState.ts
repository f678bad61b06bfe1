import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { recall, remember } from '@/lib/memory';

export interface ListView {
  name: string;
  search: string;
}

/** Says that everything is asked for, where a list that is told nothing begins with a choice. */
const ALL = 'all';
const OF_PAGE = ['after', 'before', ALL];
const OF_SORT = ['sort', 'descending'];

/** What is asked for, whichever page of it is shown. */
export const viewOf = (params: URLSearchParams) =>
  new URLSearchParams([...params].filter(([name]) => !OF_PAGE.includes(name))).toString();

export const isFiltered = (params: URLSearchParams) => [...params.keys()].some(name => ![...OF_PAGE, ...OF_SORT].includes(name));

/**
 * What a list shows; kept in the address where it is the page's own: it survives a reload and can be sent to somebody.
 * It begins with `begin` as long as nothing else is said.
 */
export function useListState(isInAddress: boolean, begin = '') {
  const local = useState(() => new URLSearchParams());
  const [inAddress, setInAddress] = useSearchParams();
  const [said, say] = isInAddress ? [inAddress, (next: URLSearchParams) => setInAddress(next, { replace: true })] : local;
  const params = said.size === 0 ? new URLSearchParams(begin) : said;

  const ask = (next: URLSearchParams) => {
    if (begin && next.size === 0) next.set(ALL, 'true');
    say(next);
  };

  /** Another choice begins at the first page; `undefined` takes a choice back. */
  const set = (changes: Record<string, string | string[] | undefined>, keepsPage = false) => {
    const next = new URLSearchParams(keepsPage ? params : viewOf(params));
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of [value].flat()) if (one) next.append(name, one);
    }
    ask(next);
  };

  return { params, set, apply: (search: string) => ask(new URLSearchParams(search)) };
}

export const viewsOf = (key: string) => recall<ListView[]>(`views.${key}`, []);
export const keepViews = (key: string, views: ListView[]) => remember(`views.${key}`, views);
