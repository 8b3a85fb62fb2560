// screen-settings
