"""The words the demo's company is made of: names, places, goods and conditions. Lists only, no logic."""
