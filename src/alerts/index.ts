export { openAlerts, type Alerts, type AlertsOptions } from './open-alerts.ts';
export { openDelivery, type Delivery, type DeliveryOptions } from './open-delivery.ts';
export {
  createAlert,
  patchAlert,
  removeAlert,
  requireAlert,
  type AlertInput,
  type AlertPatch,
} from './manage-alerts.ts';
export { ALERT_EVENTS, type AlertEvent } from './types.ts';
