"""An edition as it is published: checked, compared with the release before, packed, provable."""
