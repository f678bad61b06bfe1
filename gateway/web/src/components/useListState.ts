import { useSearchParams } from 'react-router';
import { recall, remember } from '@/lib/memory';

export interface ListView {
  name: string;
  search: string;
}

/** What a list shows, kept in the address, so that it survives a reload and can be sent to somebody. */
export function useListState(path: string, isInAddress: boolean, local: [URLSearchParams, (next: URLSearchParams) => void]) {
  const [inAddress, setInAddress] = useSearchParams();
  const [params, setParams] = isInAddress ? [inAddress, (next: URLSearchParams) => setInAddress(next, { replace: true })] : local;

  /** Another choice begins at the first page; `undefined` takes a choice back. */
  const set = (changes: Record<string, string | string[] | undefined>, keepsPage = false) => {
    const next = new URLSearchParams(params);
    if (!keepsPage) {
      next.delete('after');
      next.delete('before');
    }
    for (const [name, value] of Object.entries(changes)) {
      next.delete(name);
      for (const one of [value].flat()) if (one) next.append(name, one);
    }
    setParams(next);
  };

  return { params, set, apply: (search: string) => setParams(new URLSearchParams(search)), key: path };
}

export const viewsOf = (key: string) => recall<ListView[]>(`views.${key}`, []);
export const keepViews = (key: string, views: ListView[]) => remember(`views.${key}`, views);
