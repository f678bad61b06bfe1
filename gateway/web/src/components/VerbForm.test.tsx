import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { App } from 'antd';
import { MemoryRouter } from 'react-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionContext } from '@/lib/session';
import { Subject } from '@/lib/subject';
import { VerbForm } from './VerbForm';

const me = { subjectId: 'me', name: 'Me', roles: [], permissions: ['work-orders.release'] };
const refusal = { status: 422, code: 'quantity-not-reached', hint: 'In English.', quantity: 5, received: 3 };

function shown(isNeeded: boolean, hidden?: string) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <MemoryRouter>
          <SessionContext value={me as never}>
            <Subject value="WO-1018">
              <VerbForm
                isOpen
                onClose={() => {}}
                method="post"
                path="/api/work-orders/orders/{id}/close"
                at={{ id: 'id' }}
                title={['短结', 'Close short']}
                submit={['短结', 'Close short']}
                options={{ reason: { isNeeded, hidden: hidden !== undefined } }}
                initial={{ reason: hidden }}
              />
            </Subject>
          </SessionContext>
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Close short' }));
}

describe('The form of a command', () => {
  const sent = vi.fn();
  beforeEach(() => {
    sent.mockReset();
    vi.stubGlobal('fetch', (address: string, { body }: RequestInit) => {
      sent(address, body);
      const headers = { 'Content-Type': 'application/problem+json' };
      return Promise.resolve(new Response(JSON.stringify(refusal), { status: 422, headers }));
    });
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    );
    window.matchMedia ??= () => ({ matches: false, addListener() {}, removeListener() {} }) as never;
    Element.prototype.scrollIntoView ??= () => {};
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('says of which record it is, and one button goes back', () => {
    shown(true);
    expect(screen.getByText('Close short · WO-1018')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Back' })).toBeTruthy();
  });

  it('says a rule at the field that it is about, and once', async () => {
    shown(false);
    await waitFor(() => expect(screen.getAllByText(/give a reason to close it short/)).toHaveLength(1));
    expect(screen.queryByText(/In English/)).toBeNull();
  });

  it('sends what it has of a field that nobody sees', async () => {
    shown(false, 'as said before');
    await waitFor(() => expect(sent).toHaveBeenCalled());
    expect(sent.mock.calls[0]![1]).toContain('"reason":"as said before"');
  });

  it('asks for what is needed here before it is sent', async () => {
    shown(true);
    await waitFor(() => expect(screen.getByText('Enter this')).toBeTruthy());
    expect(sent).not.toHaveBeenCalled();
  });
});
