// analyse
