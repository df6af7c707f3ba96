/** People and organizations as the rest of the program sees them, and what can be done with them. Times are ms since the epoch. */

export type MemberRole = 'admin' | 'policy_manager' | 'viewer';

export interface PersonRow {
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly twoFactorEnabled: boolean;
  readonly createdAt: number;
}

export interface OrganizationRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
}

export interface MemberRow {
  readonly id: string;
  readonly organizationId: string;
  readonly userId: string;
  readonly role: MemberRole;
  readonly createdAt: number;
}

/** A member with what others see of the person. */
export interface MembershipRow extends MemberRow {
  readonly name: string;
  readonly email: string;
  readonly twoFactorEnabled: boolean;
  readonly organizationName: string;
}

/** Without the token, which is the session. */
export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

export interface InvitationRow {
  /** Whoever knows it may accept: 160 random bits. */
  readonly id: string;
  readonly organizationId: string;
  /** Lower case. */
  readonly email: string;
  readonly role: MemberRole;
  readonly inviterId: string | null;
  readonly expiresAt: number;
  readonly createdAt: number;
}

/** Methods throw as those of `Store` do. An organization keeps at least one admin: what would end that is PC_API_CONFLICT. */
export interface AccountStore {
  /** The tables, for the library that keeps sessions: a Kysely instance with camel case names. */
  readonly database: object;

  readonly people: {
    count(): Promise<number>;
    byEmail(email: string): Promise<PersonRow | undefined>;
    get(id: string): Promise<PersonRow | undefined>;
    /** Ends every session of a person and takes the second factor away. */
    reset(id: string): Promise<void>;
  };
  readonly sessions: {
    /** Of a person, the newest first. */
    list(userId: string): Promise<SessionRow[]>;
    remove(userId: string, id: string): Promise<void>;
  };
  readonly organizations: {
    get(id: string): Promise<OrganizationRow | undefined>;
    /** Makes it unless it is there. */
    init(row: Omit<OrganizationRow, 'createdAt'>): Promise<OrganizationRow>;
    rename(id: string, name: string): Promise<OrganizationRow>;
  };
  readonly members: {
    /** Of an organization, in the order in which they came. */
    list(organizationId: string): Promise<MembershipRow[]>;
    /** A person's organizations, the oldest membership first. */
    of(userId: string): Promise<MembershipRow[]>;
    /** Inserts the member, or gives the one that is there this role. */
    put(row: Omit<MemberRow, 'createdAt'>): Promise<void>;
    setRole(organizationId: string, id: string, role: MemberRole): Promise<void>;
    /** Ends the sessions that act in this organization, and what the person signed in for at its servers. */
    remove(organizationId: string, id: string): Promise<void>;
  };
  readonly invitations: {
    /** Open ones that have not expired. */
    list(organizationId: string): Promise<InvitationRow[]>;
    forEmail(email: string): Promise<InvitationRow[]>;
    get(id: string): Promise<InvitationRow | undefined>;
    insert(row: Omit<InvitationRow, 'createdAt'>): Promise<InvitationRow>;
    /** Takes it, once, and makes the person a member. @returns false when it was taken, removed or has expired */
    accept(id: string, member: { readonly id: string; readonly userId: string }): Promise<boolean>;
    remove(organizationId: string, id: string): Promise<void>;
  };
  readonly serverMembers: {
    /** Server id → ids of the people and API keys that see it; a server that is missing is open to its organization. */
    list(): Promise<ReadonlyMap<string, readonly string[]>>;
    /** null opens it to the organization. */
    set(serverId: string, members: readonly string[] | null): Promise<void>;
  };
  readonly throttles: {
    /** Counts one more and says how many there were in the window that runs. */
    hit(key: string, windowMs: number): Promise<{ readonly count: number; readonly resetsAt: number }>;
    forget(key: string): Promise<void>;
  };
}
