import { Group } from './group.ts';
import { Inmate } from './inmate.ts';
import { Jail } from './jail.ts';
import { MonitorInmateLink } from './monitor-inmate-link.ts';
import { MonitorLink } from './monitor-link.ts';
import { Monitor } from './monitor.ts';
import { Session } from './session.ts';
import { UserGroup } from './user-group.ts';
import { User } from './user.ts';

export { adaptToPlatform } from './adapt-to-platform.ts';
export { Group, Inmate, Jail, Monitor, MonitorInmateLink, MonitorLink, Session, User, UserGroup };

/** The nine tables of the service; one set for all databases. */
export const entities = [User, Group, UserGroup, Jail, Inmate, Monitor, MonitorLink, MonitorInmateLink, Session];
