/** What the two kinds of dossiers are called where they are kept, and where their pages are. */
export const RESIDENCE_COMMENT = 'residence-comment'
export const RESIDENCE_REFERRAL = 'residence-referral'

export const COMMENT_PAGES = '/residence-comments'
export const REFERRAL_PAGES = '/residence-referrals'
/** the cell's sitting (bàn nhận xét) */
export const SITTING = `${COMMENT_PAGES}/sitting`
