import GRDB

extension Store {
  /// The store's shape, version by version. A migration that was published is never changed; the next one changes what
  /// it made.
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(sql: firstVersion)
    }
    migrator.registerMigration("identity and familiar addresses") { database in
      try database.execute(sql: identityAndFamiliarAddresses)
      try database.execute(sql: "INSERT INTO identity (id) VALUES (?)", arguments: [Secrets.make()])
    }
    migrator.registerMigration("severities in plain words") { database in
      // What was read of a file names severities; a word stands in quotes only where it is a severity.
      for (old, new) in [("refused", "error"), ("doubted", "warning"), ("noted", "info")] {
        try database.execute(
          sql: "UPDATE file SET reading = replace(reading, ?, ?)", arguments: ["\"\(old)\"", "\"\(new)\""])
      }
    }
    return migrator
  }

  private static let identityAndFamiliarAddresses = """
    CREATE TABLE identity (
      id TEXT NOT NULL                        -- which store this is; the data directory keeps it beside the uploads
    );
    CREATE TABLE familiar (
      person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
      address TEXT NOT NULL,                  -- from which the person has signed in
      used REAL NOT NULL,                     -- seconds since 1970
      PRIMARY KEY (person, address)
    );
    """

  private static let firstVersion = """
    CREATE TABLE person (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      role TEXT NOT NULL CHECK (role IN ('admin', 'editor', 'reader')),
      password TEXT,                          -- Argon2id; NULL: cannot sign in with one
      disabled INTEGER NOT NULL DEFAULT 0,
      created TEXT NOT NULL
    );
    CREATE TABLE session (
      hash TEXT PRIMARY KEY,                  -- SHA-256 of the cookie's value
      person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
      csrf TEXT NOT NULL,
      created REAL NOT NULL,                  -- seconds since 1970
      used REAL NOT NULL
    );
    CREATE INDEX session_person ON session (person);
    CREATE TABLE token (
      id INTEGER PRIMARY KEY,
      hash TEXT NOT NULL UNIQUE,              -- SHA-256 of the token
      person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
      name TEXT NOT NULL,
      created TEXT NOT NULL
    );
    CREATE TABLE screen (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      owner INTEGER NOT NULL REFERENCES person,
      private INTEGER NOT NULL DEFAULT 0,
      archived INTEGER NOT NULL DEFAULT 0,
      created TEXT NOT NULL
    );
    CREATE TABLE content (
      sha256 TEXT PRIMARY KEY,
      bytes INTEGER NOT NULL
    );
    CREATE TABLE file (
      id INTEGER PRIMARY KEY,
      screen INTEGER NOT NULL REFERENCES screen ON DELETE CASCADE,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL REFERENCES content,
      uploaded TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person,
      role TEXT NOT NULL,                     -- what it is for
      role_set INTEGER NOT NULL DEFAULT 0,    -- whether a person said so
      corrections TEXT NOT NULL DEFAULT '[]',
      summary TEXT NOT NULL,                  -- what it was understood as, in a line
      refused INTEGER NOT NULL,
      doubted INTEGER NOT NULL,
      noted INTEGER NOT NULL,
      reading TEXT NOT NULL,                  -- FileUnderstanding as JSON: the same at length
      UNIQUE (screen, name)
    );
    CREATE INDEX file_sha256 ON file (sha256);
    CREATE TABLE run (
      screen INTEGER NOT NULL REFERENCES screen ON DELETE CASCADE,
      number INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'finished', 'failed', 'cancelled', 'interrupted')),
      attempt INTEGER NOT NULL DEFAULT 0,
      options TEXT NOT NULL,                  -- RunOptions as JSON
      inputs TEXT NOT NULL,                   -- the files and corrections it was started with, as JSON
      person INTEGER NOT NULL REFERENCES person,
      created TEXT NOT NULL,
      started TEXT,
      finished TEXT,
      files_read INTEGER NOT NULL DEFAULT 0,
      blocks INTEGER NOT NULL DEFAULT 0,
      refused INTEGER NOT NULL DEFAULT 0,
      doubted INTEGER NOT NULL DEFAULT 0,
      noted INTEGER NOT NULL DEFAULT 0,
      message TEXT,
      PRIMARY KEY (screen, number)
    );
    CREATE INDEX run_state ON run (state);
    CREATE TABLE review (
      screen INTEGER NOT NULL REFERENCES screen ON DELETE CASCADE,
      block TEXT NOT NULL,                    -- the block's name, so that a review survives a new run
      starred INTEGER NOT NULL DEFAULT 0,
      status TEXT NOT NULL DEFAULT 'none' CHECK (status IN ('none', 'follow_up', 'drop')),
      person INTEGER REFERENCES person,       -- who decided last
      at TEXT,
      PRIMARY KEY (screen, block)
    );
    CREATE TABLE comment (
      id INTEGER PRIMARY KEY,
      screen INTEGER NOT NULL REFERENCES screen ON DELETE CASCADE,
      block TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person,
      at TEXT NOT NULL,
      text TEXT NOT NULL
    );
    CREATE INDEX comment_block ON comment (screen, block);
    CREATE TABLE left_out (
      id INTEGER PRIMARY KEY,
      screen INTEGER NOT NULL REFERENCES screen ON DELETE CASCADE,
      block TEXT NOT NULL,
      doses TEXT NOT NULL,                    -- JSON array, in the block's order and units
      response REAL,                          -- % inhibition; NULL: every well of the dose pair
      reason TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person,
      at TEXT NOT NULL,
      undone_person INTEGER REFERENCES person,
      undone_at TEXT
    );
    CREATE INDEX left_out_block ON left_out (screen, block);
    CREATE TABLE audit (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      person INTEGER NOT NULL REFERENCES person,
      screen INTEGER REFERENCES screen,
      action TEXT NOT NULL,
      subject TEXT NOT NULL,
      detail TEXT NOT NULL
    );
    CREATE INDEX audit_screen ON audit (screen, id);
    """
}
