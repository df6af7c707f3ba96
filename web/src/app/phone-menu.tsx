import { Dialog } from '../ui/dialog.tsx';
import { AccountBox } from './account-box.tsx';
import { Navigation } from './navigation.tsx';

export function PhoneMenu({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog side title="Menu" onClose={onClose} footer={<AccountBox />}>
      <Navigation onChoose={onClose} />
    </Dialog>
  );
}
