import { expect, it } from 'vitest';
import { classify } from './classify.ts';

it.each([
  ['deleteUserAccount', 'Destructive'],
  ['delete-user-account', 'Destructive'],
  ['users.delete', 'Destructive'],
  ['crm/contacts/remove', 'Destructive'],
  ['createorupdate', 'Write'],
  ['HTTPServerRestart', 'Execute'],
  ['acme_pods_delete', 'Destructive'],
  ['message_send', 'Write'],
  ['get_update_history', 'Read'],
  ['deploy_logs_get', 'Read'],
  ['can_delete_user', 'Read'],
  ['preview_delete', 'Read'],
  ['order_delete_by_id', 'Destructive'],
  ['search_and_replace', 'Write'],
  ['batch_remove_rows', 'Destructive'],
  ['search_notes_tool', 'Read'],
  ['bash', 'Execute'],
  ['python_repl', 'Execute'],
  ['mouse_down', 'Execute'],
])('%s is %s', (name, is) => {
  expect(classify({ name }).class).toBe(is);
});

it.each([
  ['löschen_kunde', 'Destructive'],
  ['eliminar_cliente', 'Destructive'],
  ['ejecutar_consulta', 'Execute'],
  ['créer_facture', 'Write'],
  ['pagar_factura', 'Financial'],
  ['buscar_productos', 'Read'],
  ['удалить_файл', 'Destructive'],
  ['删除文件', 'Destructive'],
  ['查询订单', 'Read'],
  ['ファイル削除', 'Destructive'],
  ['파일_삭제', 'Destructive'],
])('%s is %s', (name, is) => {
  expect(classify({ name }).class).toBe(is);
});

it.each([
  ['merge_cells', 'Write'],
  ['merge_pull_request', 'Execute'],
  ['remove_reaction', 'Write'],
  ['remove_user', 'Destructive'],
  ['cancel_booking', 'Destructive'],
  ['cancel_workflow_run', 'Execute'],
  ['take_screenshot', 'Read'],
  ['send_email', 'Write'],
  ['send_keystrokes', 'Execute'],
  ['create_folder', 'Write'],
  ['create_refund', 'Financial'],
  ['list_refunds', 'Read'],
  ['draft_invoice', 'Write'],
  ['transfer_ownership', 'Write'],
  ['transfer_funds', 'Financial'],
  ['place_order', 'Financial'],
  ['generate_image', 'Execute'],
])('the object decides: %s is %s', (name, is) => {
  expect(classify({ name }).class).toBe(is);
});

it('does not take a name that says nothing for harmless', () => {
  expect(classify({ name: 'zorp' })).toMatchObject({ class: 'Write', confidence: 0.25 });
  expect(classify({ name: '' }).class).toBe('Write');
});
