import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { operationOf, type Answer, type Method } from './api/api';
import { Problem, read } from './api/client';

export type Me = Answer<'/api/identity/me', 'get'>;

export const ME_KEY = ['/api/identity/me'];

/** Who is signed in; null is nobody. */
export const useMe = () =>
  useQuery<Me | null, Problem>({
    queryKey: ME_KEY,
    queryFn: async () => {
      try {
        return await read('/api/identity/me');
      } catch (problem) {
        if (problem instanceof Problem && problem.status === 401) return null;
        throw problem;
      }
    },
  });

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in, on the pages that only somebody who is sees. */
export function useSession() {
  const me = useContext(SessionContext);
  if (!me) throw new Error('This page is for those who are signed in.');
  return me;
}

/** Whether the caller may do something. What they may not, they do not see; the services decide again. */
export function useMay() {
  const { permissions } = useSession();
  return (method: Method, path: string) => {
    const needed = operationOf(method, path)?.permission;
    return needed === undefined || permissions.includes(needed);
  };
}
