"""A professional network: members, invitations, connections, who may see what, and what is new.

It decides; the application stores, sends and draws.
"""

from connectcore.activities import (
    Activity,
    ActivityKey,
    ConnectionMade,
    MemberJoined,
    PostCommentedOn,
    PostPublished,
    PostReactedTo,
    ProfileChanged,
    RecommendationShown,
    SkillEndorsed,
)
from connectcore.acts import Act, decide
from connectcore.addresses import ConfirmedAddress
from connectcore.audiences import Audience, shown_to
from connectcore.channels import Channel, NoticeKind, NoticePreferences
from connectcore.contacts import Contact, ContactId
from connectcore.correspondence import (
    MessagePolicy,
    MessageProposal,
    MessageRule,
    no_inmail,
    share_connection_or_company,
)
from connectcore.endorsements import EndorsedSkill, Endorsement, EndorsementRequest
from connectcore.errors import (
    AlreadyJoined,
    AudienceOutOfBounds,
    ConnectcoreError,
    IllegalTransition,
    InvalidCursor,
    InvalidToken,
    InvalidValue,
    NestedUnit,
    NotFound,
    OutcomeUnknown,
    Refused,
    StoreBusy,
    StoreUnfit,
    StoreUnreachable,
    UnknownMember,
)
from connectcore.explanations import Disclosure
from connectcore.feed import (
    Announcement,
    FeedItem,
    FeedPage,
    FeedPolicy,
    Rank,
    Reason,
    Tie,
    liveliness,
)
from connectcore.graph import Degree, Suggestion
from connectcore.guests import (
    AddressInvitation,
    GuestInvited,
    GuestReminded,
    Reminder,
    ReminderPolicy,
)
from connectcore.inmail import InMailBalance, InMailPlan
from connectcore.journal import Happening, JournalEntry, Mailing
from connectcore.mail import Email, GuestLetter, GuestWording, Wording
from connectcore.members import Member, MemberId
from connectcore.messages import (
    Conversation,
    Correspondent,
    Message,
    MessageId,
    MessageRequest,
    MessageStanding,
    MessageWay,
    RequestStatus,
)
from connectcore.network import ActingMember, LeftOut, Loadable, LoadReport, Network, Visitor
from connectcore.notices import Notice, NoticeGroup
from connectcore.pages import Cursor, Page
from connectcore.plain import Plain, from_dict, to_dict
from connectcore.plain.hook import answer_pydantic as _answer_pydantic
from connectcore.posts import (
    Comment,
    CommentId,
    Post,
    PostId,
    PostView,
    Reacted,
    Reaction,
)
from connectcore.profiles import ContactDetails, Education, Name, Position, Profile
from connectcore.proposals import CautionRule, CountingRule, Proposal, Rule, Standing
from connectcore.recommendations import (
    Recommendation,
    RecommendationId,
    RecommendationPolicy,
    RecommendationRequest,
    RecommendationRequestId,
    WorkingRelationship,
)
from connectcore.refusals import (
    EMAIL_NEEDED,
    NOT_ACCEPTING,
    NOT_TAKING_MESSAGES,
    UNAVAILABLE,
    Caution,
    Quota,
    Refusal,
    Verdict,
)
from connectcore.relationships import (
    Acquaintance,
    Blocked,
    Connected,
    Connection,
    ConnectionRemoved,
    InvitationAccepted,
    InvitationExpired,
    InvitationIgnored,
    InvitationReported,
    InvitationSent,
    InvitationWithdrawn,
    Invited,
    MemberBlocked,
    MemberFollowed,
    MemberUnblocked,
    MemberUnfollowed,
    Pair,
    PairEvent,
    Past,
    PendingInvitation,
    Relationship,
    Strangers,
    after,
    replay,
)
from connectcore.rulebook import ConnectionRules
from connectcore.rules import (
    BlocksAtMost,
    ConnectionsAtMost,
    CoolingOff,
    EmailAfterReports,
    NoteAtMost,
    NotesPerMonth,
    PendingAtMost,
    ReblockAfter,
    SentPerWeek,
    caution_strangers,
    invitee_chooses,
)
from connectcore.settings import FeedOrder, FeedPreferences, Settings, WhoMayInvite, WhoMayWrite
from connectcore.showing import Showing
from connectcore.skills import SkillPolicy
from connectcore.storage.memory import MemoryStore
from connectcore.visibility import (
    Because,
    Bounds,
    Explanation,
    ProfileView,
    SharedConnections,
    VisibilityPolicy,
)
from connectcore.writing import MessageAllowance

__all__ = [
    # Members and what they show
    "ContactDetails",
    "Education",
    "Member",
    "MemberId",
    "Name",
    "Position",
    "Profile",
    "Settings",
    "WhoMayInvite",
    "WhoMayWrite",
    "shown_to",
    # Acting
    "ActingMember",
    "LeftOut",
    "LoadReport",
    "Loadable",
    "Network",
    "Visitor",
    # Relationships
    "Acquaintance",
    "Blocked",
    "Connected",
    "Connection",
    "Invited",
    "Pair",
    "Past",
    "PendingInvitation",
    "Relationship",
    "Strangers",
    "after",
    "replay",
    # What happens between two members
    "ConnectionRemoved",
    "InvitationAccepted",
    "InvitationExpired",
    "InvitationIgnored",
    "InvitationReported",
    "InvitationSent",
    "InvitationWithdrawn",
    "MemberBlocked",
    "MemberFollowed",
    "MemberUnblocked",
    "MemberUnfollowed",
    "PairEvent",
    # Rules and refusals
    "EMAIL_NEEDED",
    "NOT_ACCEPTING",
    "NOT_TAKING_MESSAGES",
    "UNAVAILABLE",
    "Act",
    "BlocksAtMost",
    "Caution",
    "CautionRule",
    "ConnectionRules",
    "ConnectionsAtMost",
    "CoolingOff",
    "CountingRule",
    "EmailAfterReports",
    "NoteAtMost",
    "NotesPerMonth",
    "PendingAtMost",
    "Proposal",
    "Quota",
    "ReblockAfter",
    "Refusal",
    "Rule",
    "SentPerWeek",
    "Standing",
    "Verdict",
    "caution_strangers",
    "decide",
    "invitee_chooses",
    # Visibility
    "Audience",
    "Because",
    "Bounds",
    "Disclosure",
    "Explanation",
    "ProfileView",
    "SharedConnections",
    "VisibilityPolicy",
    # The graph
    "Degree",
    "Suggestion",
    # Posts and activities
    "Activity",
    "ActivityKey",
    "Comment",
    "CommentId",
    "ConnectionMade",
    "MemberJoined",
    "Post",
    "PostCommentedOn",
    "PostId",
    "PostPublished",
    "PostReactedTo",
    "PostView",
    "ProfileChanged",
    "Reacted",
    "Reaction",
    "RecommendationShown",
    "SkillEndorsed",
    # What connections say of each other
    "EndorsedSkill",
    "Endorsement",
    "EndorsementRequest",
    "Recommendation",
    "RecommendationId",
    "RecommendationPolicy",
    "RecommendationRequest",
    "RecommendationRequestId",
    "Showing",
    "SkillPolicy",
    "WorkingRelationship",
    # Feeds and pages
    "Announcement",
    "Cursor",
    "FeedItem",
    "FeedOrder",
    "FeedPage",
    "FeedPolicy",
    "FeedPreferences",
    "Page",
    "Rank",
    "Reason",
    "Tie",
    "liveliness",
    # Messages
    "Conversation",
    "Correspondent",
    "InMailBalance",
    "InMailPlan",
    "Message",
    "MessageAllowance",
    "MessageId",
    "MessagePolicy",
    "MessageProposal",
    "MessageRequest",
    "MessageRule",
    "MessageStanding",
    "MessageWay",
    "RequestStatus",
    "no_inmail",
    "share_connection_or_company",
    # Addresses, guests and contacts
    "AddressInvitation",
    "ConfirmedAddress",
    "Contact",
    "ContactId",
    "GuestInvited",
    "GuestLetter",
    "GuestReminded",
    "GuestWording",
    "Reminder",
    "ReminderPolicy",
    # Notices, mail and the journal
    "Channel",
    "Email",
    "Happening",
    "JournalEntry",
    "Mailing",
    "Notice",
    "NoticeGroup",
    "NoticeKind",
    "NoticePreferences",
    "Wording",
    # Plain data
    "Plain",
    "from_dict",
    "to_dict",
    # Stores
    "MemoryStore",
    # Errors
    "AlreadyJoined",
    "AudienceOutOfBounds",
    "ConnectcoreError",
    "IllegalTransition",
    "InvalidCursor",
    "InvalidToken",
    "InvalidValue",
    "NestedUnit",
    "StoreBusy",
    "StoreUnfit",
    "StoreUnreachable",
    "OutcomeUnknown",
    "NotFound",
    "Refused",
    "UnknownMember",
]

# A class that extends one of these answers as it does.
_answer_pydantic(map(globals().__getitem__, __all__))
