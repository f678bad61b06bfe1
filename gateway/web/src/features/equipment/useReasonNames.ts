import { useRead } from '@/lib/api/hooks';
import { languageNow, useText, type Text } from '@/lib/text';

const UNCLASSIFIED: Text = ['未归类', 'Not classified'];

/** What the plant's reasons are called, in the language of now. */
export function useReasonNames() {
  const t = useText();
  const known = useRead('/api/equipment/reasons').data?.reasons ?? [];
  return (reason: string | null | undefined) => {
    const found = known.find(one => one.code === reason);
    if (found) return languageNow() === 'en' ? found.nameEn : found.nameZh;
    return !reason || reason === 'unclassified' ? t(UNCLASSIFIED) : reason;
  };
}
