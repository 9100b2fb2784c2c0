import Fakta
