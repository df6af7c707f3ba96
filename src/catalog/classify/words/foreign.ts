/** Verbs of other languages, without accents; scripts without spaces are matched anywhere in a run of letters. */

export const FOREIGN_READ =
  'obtener obtiene listar lista buscar busca consultar consulta mostrar muestra leer lee recuperar ' +
  'recupera verificar obter exibir pesquisar listare cercare mostra leggere ottenere ottieni recupere ' +
  'recuperer lister liste chercher rechercher recherche afficher affiche lire obtenir abrufen anzeigen ' +
  'auflisten suchen lesen holen zeigen liefert zeigt sucht listet pobierz wyswietl pokaz получить ' +
  'показать наити ophalen zoeken tonen';
export const FOREIGN_WRITE =
  'crear crea agregar agrega anadir actualizar actualiza modificar modifica escribir guardar guarda ' +
  'enviar envia criar cria adicionar atualizar salvar creare aggiungere aggiornare scrivere salvare ' +
  'inviare creer cree ajouter ajoute modifier mettre ecrire enregistrer envoyer envoie erstellen ' +
  'erstellt anlegen hinzufugen andern aktualisieren aktualisiert schreiben speichern senden sendet ' +
  'создать добавить изменить utworz dodaj zapisz wyslij maken toevoegen';
export const FOREIGN_EXECUTE =
  'ejecutar ejecuta reiniciar reinicia iniciar inicia detener desplegar lanzar executar executa ' +
  'eseguire esegui avviare executer lancer demarrer arreter redemarrer ausfuhren fuhrt starten ' +
  'neustarten stoppen запустить выполнить остановить uruchom wykonaj uitvoeren';
export const FOREIGN_DESTRUCTIVE =
  'eliminar elimina borrar borra suprimir excluir apagar remover eliminare cancellare supprimer ' +
  'supprime effacer loschen loscht entfernen удалить стереть usun verwijderen';
export const FOREIGN_FINANCIAL =
  'pagar paga cobrar cobra comprar compra transferir reembolsar pagare acquistare rimborsare payer ' +
  'acheter rembourser virer bezahlen zahlen kaufen uberweisen erstatten оплатить перевести купить ' +
  'zaplac kup betalen';

export const UNSPACED_READ =
  '获取 计算 解析 预览 查询 列出 搜索 读取 查看 检索 显示 分析 检查 取得 検索 一覧 表示 確認 読み取り 조회 검색 가져오기 가져옵니다';
export const UNSPACED_WRITE =
  '创建 新增 添加 更新 修改 写入 保存 上传 发送 设置 管理 编辑 作成 追加 変更 送信 編集 登録 設定 認証 생성 추가 수정 저장';
export const UNSPACED_EXECUTE =
  '执行 运行 启动 停止 重启 部署 点击 输入 调用 実行 起動 再起動 デプロイ クリック 실행 시작 중지';
export const UNSPACED_DESTRUCTIVE = '删除 销毁 清空 清除 移除 卸载 删掉 削除 消去 破棄 삭제 제거';
export const UNSPACED_FINANCIAL =
  '支付 付款 退款 转账 购买 充值 下单 提现 支払 返金 送金 購入 결제 환불 송금 구매';
