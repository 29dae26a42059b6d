namespace Support.Database;

/// <summary>The database has not the shape yet that this program needs. Nothing is wrong with the work itself: it waits until somebody has migrated.</summary>
public sealed class DatabaseNotReadyException()
    : Exception("The database is not set up for this version yet: POST /set-up does it, and so does the next sweep.");
