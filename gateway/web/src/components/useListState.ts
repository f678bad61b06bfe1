import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { recall, remember } from '@/lib/memory';

export interface ListView {
  name: string;
  search: string;
}

const OF_PAGE = ['after', 'before'];
const OF_SORT = ['sort', 'descending'];

/** What is asked for, whichever page of it is shown. */
export const viewOf = (params: URLSearchParams) =>
  new URLSearchParams([...params].filter(([name]) => !OF_PAGE.includes(name))).toString();

export const isFiltered = (params: URLSearchParams) => [...params.keys()].some(name => ![...OF_PAGE, ...OF_SORT].includes(name));

/** What a list shows; kept in the address where it is the page's own: it survives a reload and can be sent to somebody. */
export function useListState(isInAddress: boolean) {
  const local = useState(() => new URLSearchParams());
  const [inAddress, setInAddress] = useSearchParams();
  const [params, setParams] = isInAddress ? [inAddress, (next: URLSearchParams) => setInAddress(next, { replace: true })] : local;

  /** Another choice begins at the first page; `undefined` takes a choice back. */
  const set = (changes: Record<string, string | string[] | undefined>, keepsPage = false) => {
    const next = new URLSearchParams(keepsPage ? params : viewOf(params));
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of [value].flat()) if (one) next.append(name, one);
    }
    setParams(next);
  };

  return { params, set, apply: (search: string) => setParams(new URLSearchParams(search)) };
}

export const viewsOf = (key: string) => recall<ListView[]>(`views.${key}`, []);
export const keepViews = (key: string, views: ListView[]) => remember(`views.${key}`, views);
