"""Real servers, real databases and a bad network, for the browser and load tests."""
