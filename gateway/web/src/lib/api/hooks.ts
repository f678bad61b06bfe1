import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Answer, Body, Method, Path, PathValues } from './api';
import { command, newId, Problem, read, type Reading } from './client';
import type { Paths } from './generated';

/** Reads, and reads again when something changed (see `live.ts`). */
export function useRead<P extends Path<'get'>>(path: P, reading: Reading<P> = {}, isEnabled = true) {
  return useQuery<Answer<P, 'get'>, Problem>({
    queryKey: [path, reading],
    queryFn: ({ signal }) => read(path, reading, signal),
    enabled: isEnabled,
    placeholderData: before => before,
  });
}

/** The same read of several records: those that are there by now. */
export function useReads<P extends Path<'get'>>(
  path: P,
  readings: Reading<P>[],
): { data: Answer<P, 'get'>[]; isLoading: boolean } {
  const results = useQueries({
    queries: readings.map(reading => ({
      queryKey: [path, reading],
      queryFn: ({ signal }: { signal: AbortSignal }): Promise<Answer<P, 'get'>> => read(path, reading, signal),
    })),
  });
  return {
    data: results.flatMap(({ data }) => (data === undefined ? [] : [data as Answer<P, 'get'>])),
    isLoading: results.some(result => result.isLoading),
  };
}

export interface Sent<M extends Method, P extends keyof Paths> {
  path?: PathValues<P, M>;
  body?: Body<P, M>;
  query?: object;
}

/**
 * A command, whose id stays while no answer says whether it was applied: pressed again it is applied once. What is shown is read
 * again afterwards.
 */
export function useVerb<M extends Method, P extends Path<M> & keyof Paths>(method: M, path: P) {
  const client = useQueryClient();
  const unanswered = useRef<{ id: string; content: string } | null>(null);
  return useMutation<Answer<P, M>, Problem, Sent<M, P>>({
    mutationFn: async sent => {
      const content = JSON.stringify(sent);
      if (unanswered.current?.content !== content) unanswered.current = { id: newId(), content };
      try {
        const answer = await command(method, path, sent, unanswered.current.id);
        unanswered.current = null;
        return answer;
      } catch (problem) {
        if (!(problem instanceof Problem) || !problem.isTemporary) unanswered.current = null;
        throw problem;
      }
    },
    onSuccess: () => {
      void client.invalidateQueries(); // not waited for: the verb is done
    },
  });
}
