import CSodium
import Crypto
import GRDB
import Hummingbird
import HummingbirdTLS
import Logging
import Mustache
