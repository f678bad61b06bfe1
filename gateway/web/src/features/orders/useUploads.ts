import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { command, newId, Problem } from '@/lib/api/client';
import { base64Of } from '@/lib/files';

const SIZE_BYTES_MAX = 20 * 1024 * 1024;

/** A file on its way, or one that was refused. */
export interface Upload {
  /** Of the command: sent again it attaches once. */
  id: string;
  file: File;
  problem?: unknown;
}

/** Attaches files to an order, one after another so that large ones do not fill the memory. */
export function useUploads(order: string) {
  const client = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const last = useRef<Promise<unknown>>(Promise.resolve());

  const drop = (id: string) => setUploads(all => all.filter(one => one.id !== id));
  const attach = async ({ id, file }: Upload) => {
    try {
      // Before it is sent for nothing
      if (file.size > SIZE_BYTES_MAX) throw new Problem(422, { code: 'attachment-too-large' });
      const body = { name: file.name.normalize('NFC').trim(), content: await base64Of(file) };
      await command('post', '/api/work-orders/orders/{id}/attachments', { path: { id: order }, body }, id);
      await client.invalidateQueries();
      drop(id);
    } catch (problem) {
      setUploads(all => all.map(one => (one.id === id ? { ...one, problem } : one)));
    }
  };
  const queue = (upload: Upload) => {
    last.current = last.current.then(() => attach(upload));
  };
  return {
    uploads,
    add: (files: File[]) => {
      const added = files.map(file => ({ id: newId(), file }));
      setUploads(all => [...all, ...added]);
      added.forEach(queue);
    },
    again: (upload: Upload) => {
      setUploads(all => all.map(one => (one.id === upload.id ? { ...one, problem: undefined } : one)));
      queue(upload);
    },
    drop,
  };
}
