import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SOURCES, type Source } from '@/lib/lookups';
import { Lookup } from './Lookup';

const reasons: Source = { path: '/api/equipment/reasons', value: 'code', name: 'nameEn' };
const answers: Record<string, object> = {
  '/api/equipment/reasons': {
    reasons: [
      { code: 'SPINDLE', nameEn: 'Spindle' },
      { code: 'TOOL-BREAK', nameEn: 'Broken tool' },
    ],
  },
  '/api/work-orders/orders': {
    items: [
      { id: 'id-1', order: 'RV-001' },
      { id: 'id-2', order: 'RV-001B' },
    ],
    next: null,
  },
};

function shown(source: Source) {
  const onChange = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Lookup source={source} onChange={onChange} label="Choice" />
    </QueryClientProvider>,
  );
  return { onChange, input: screen.getByRole('combobox') };
}

describe('A field to type in or to choose from', () => {
  beforeEach(() => {
    vi.stubGlobal('fetch', (address: string) =>
      Promise.resolve(
        new Response(JSON.stringify(answers[address.split('?')[0]!]), { headers: { 'Content-Type': 'application/json' } }),
      ),
    );
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe() {}
        unobserve() {}
        disconnect() {}
      },
    );
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it('takes a typed code for what is offered, when Enter ends it', async () => {
    const { onChange, input } = shown(reasons);
    fireEvent.change(input, { target: { value: 'spindle' } });
    fireEvent.keyDown(input, { key: 'Enter', keyCode: 13 });
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('SPINDLE'));
  });

  it('takes the only match, when the field is left', async () => {
    const { onChange, input } = shown(reasons);
    fireEvent.focus(input);
    fireEvent.change(input, { target: { value: 'broken' } });
    fireEvent.blur(input);
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('TOOL-BREAK'));
  });

  it('keeps a text that means nothing that is offered', async () => {
    const { onChange, input } = shown(reasons);
    fireEvent.change(input, { target: { value: 'flood' } });
    fireEvent.blur(input);
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(onChange.mock.calls.map(([value]: unknown[]) => value)).toEqual(['flood']);
  });

  it('gives the identity of an order by its number, never the text', async () => {
    const { onChange, input } = shown(SOURCES.orderId!);
    fireEvent.focus(input);
    fireEvent.change(input, { target: { value: 'rv-001' } });
    fireEvent.blur(input);
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith('id-1'));
    expect(onChange.mock.calls.every(([value]: unknown[]) => String(value).startsWith('id-'))).toBe(true);
  });
});
