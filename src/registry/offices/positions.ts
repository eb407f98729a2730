/** The positions (chức vụ) the rules know by name; their words stand in the table `position`. */

export const CELL_SECRETARY = 'cell-secretary'
export const CELL_DEPUTY_SECRETARY = 'cell-deputy-secretary'
export const CELL_COMMITTEE_MEMBER = 'cell-committee-member'
export const COMMITTEE_SECRETARY = 'committee-secretary'
export const COMMITTEE_STANDING_DEPUTY = 'committee-standing-deputy'
export const COMMITTEE_DEPUTY_SECRETARY = 'committee-deputy-secretary'
export const OFFICE_CHIEF = 'office-chief'
export const OFFICE_CLERK = 'office-clerk'
export const BUILDING_HEAD = 'building-head'
export const BUILDING_OFFICER = 'building-officer'
export const FINANCE_OFFICER = 'finance-officer'
export const INSPECTION_CHAIR = 'inspection-chair'
export const COMMISSION_HEAD = 'commission-head'
export const COMMISSION_DEPUTY = 'commission-deputy'
export const COMMISSION_OFFICER = 'commission-officer'
export const COMMISSION_CLERK = 'commission-clerk'
export const SYSTEM_ADMINISTRATOR = 'system-administrator'

/** Every code of the table `position`; a test compares them. */
export const POSITIONS = [
  COMMITTEE_SECRETARY,
  COMMITTEE_STANDING_DEPUTY,
  COMMITTEE_DEPUTY_SECRETARY,
  COMMISSION_HEAD,
  COMMISSION_DEPUTY,
  COMMISSION_OFFICER,
  COMMISSION_CLERK,
  FINANCE_OFFICER,
  INSPECTION_CHAIR,
  BUILDING_HEAD,
  BUILDING_OFFICER,
  OFFICE_CHIEF,
  OFFICE_CLERK,
  CELL_SECRETARY,
  CELL_DEPUTY_SECRETARY,
  CELL_COMMITTEE_MEMBER,
  SYSTEM_ADMINISTRATOR,
] as const

export type Position = (typeof POSITIONS)[number]
