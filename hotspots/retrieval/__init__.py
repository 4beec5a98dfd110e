"""From regions on the map to powers, temperatures and areas with honest intervals."""
